"""Tests of the package that speaks Pgyer: on bodies of the shapes that the service really sends, all made up."""
