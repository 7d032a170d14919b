"""Assessment of law-based government (考核与第三方评议): figures reported until its registers are built."""
