@NullMarked
package dev.carillon.providers.smtp;

import org.jspecify.annotations.NullMarked;
