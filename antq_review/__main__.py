"""`python -m antq_review` is `antq`."""

from antq_review.cli import main

if __name__ == "__main__":
    main()
