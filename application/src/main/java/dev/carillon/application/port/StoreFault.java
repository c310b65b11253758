package dev.carillon.application.port;

/// Marks failures for which the store as a whole is to blame, whatever it was given: something that
/// it needs is missing or broken, and people have to mend it. Nothing that was to be stored may be
/// left out because of one.
public interface StoreFault {}
