package dev.carillon.domain.job;

/// The job's number inside the house: leads every key of its chunks, messages and attempts. Never
/// shown.
public record JobId(long value) {}
