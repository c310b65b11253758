package dev.carillon.benchmarks.crash;

import java.util.Map;

/// A chunk as the database has it, but for its messages.
///
/// @param tally its counts by the name of their column
/// @param lease who has it until when, in words
record StoredChunk(
    int number,
    int first,
    int size,
    boolean open,
    int retries,
    Map<String, Integer> tally,
    String lease) {}
