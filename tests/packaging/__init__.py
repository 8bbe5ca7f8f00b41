"""What is shipped: the wheel, and FazAI as it is installed from it."""
