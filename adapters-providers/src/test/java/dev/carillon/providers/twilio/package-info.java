@NullMarked
package dev.carillon.providers.twilio;

import org.jspecify.annotations.NullMarked;
