/// The carrier that reaches nobody: its answers and receipts are scripted by recipient and by
/// configuration.
@NullMarked
package dev.carillon.providers.simulated;

import org.jspecify.annotations.NullMarked;
