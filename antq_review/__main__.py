"""`python -m antq_review` does the same as the command `antq`."""

from antq_review.cli import main

if __name__ == "__main__":
    main()
