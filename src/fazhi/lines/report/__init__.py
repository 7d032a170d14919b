"""The annual report of law-based government (法治政府建设年度报告), and the figures units report for it."""
