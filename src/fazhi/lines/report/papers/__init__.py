"""The report on paper and as data: Word, PDF and HTML from one document, figures as CSV and JSON."""
