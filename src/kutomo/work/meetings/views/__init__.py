"""Pages of meetings: the plan, the host's and the big screen, the phones."""
