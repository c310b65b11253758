/// What callers do with groups of recipients.
@NullMarked
package dev.carillon.application.group;

import org.jspecify.annotations.NullMarked;
