package dev.carillon.application.port;

/// Names a worker: unique per process start, so that a restarted node is never taken for its former
/// self.
public record WorkerId(String value) {}
