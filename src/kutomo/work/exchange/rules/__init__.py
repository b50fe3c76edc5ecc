"""What holds of mutual help, without Django: states and what may follow, fit, rings, figures, confidential words."""
