package dev.carillon.application.keeping;

import java.time.Duration;
import java.util.function.IntSupplier;

/// Something that one node does for all.
///
/// @param name of it, the same on every node
/// @param period between two calls that found nothing to do
/// @param work does a part of it and tells how much
public record Duty(String name, Duration period, IntSupplier work) {}
