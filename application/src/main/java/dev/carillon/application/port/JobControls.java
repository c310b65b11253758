package dev.carillon.application.port;

import dev.carillon.domain.job.SendWindow;
import org.jspecify.annotations.Nullable;

/// What may change about a job while it is dispatched.
///
/// @param running whether its messages may be handed over, now and as far as its status says
/// @param ratePerSecond its own limit; 0 for none
/// @param window hours of the day; null for all
public record JobControls(boolean running, int ratePerSecond, @Nullable SendWindow window) {}
