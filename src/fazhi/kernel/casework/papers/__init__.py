"""Papers (文书): documents issued from facts. `rendering` turns a finished document into Word, PDF and HTML."""
