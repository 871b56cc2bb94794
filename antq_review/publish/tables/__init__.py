"""The tables of the report as plain lines: findings, plan, numbers, page one. HTML and Excel print the same lines."""
