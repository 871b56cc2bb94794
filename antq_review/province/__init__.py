"""The Department's side: packages that schools send, their receipt, their roll-up. It reads packages only, never a school's review."""
