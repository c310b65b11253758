package dev.carillon.application.admin;

import dev.carillon.application.port.FlowLimits.Sender;

/// The limit of one sender.
///
/// @param perSecond messages over all nodes and jobs; 0 for none
public record SenderLimit(Sender sender, double perSecond) {}
