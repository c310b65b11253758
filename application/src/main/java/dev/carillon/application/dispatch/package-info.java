/// The engine: chooses whose turn it is, leases chunks, marks and hands over, and brings the
/// answers to the settling step.
@NullMarked
package dev.carillon.application.dispatch;

import org.jspecify.annotations.NullMarked;
