"""Trains the model of apartment prices and keeps it on the model volume."""
