"""The result of scoring as data: outcome, finding, goal, numeric table, the review and its published schema."""
