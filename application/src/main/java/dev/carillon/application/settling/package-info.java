/// The one step by which anything becomes a fact: what workers, carriers, owners and the clock do
/// to messages, in one transaction each.
@NullMarked
package dev.carillon.application.settling;

import org.jspecify.annotations.NullMarked;
