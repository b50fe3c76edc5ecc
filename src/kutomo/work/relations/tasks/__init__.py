"""What is done later: ``waves`` keeps dates, reminds and erases; ``report`` freezes and refreshes reports."""
