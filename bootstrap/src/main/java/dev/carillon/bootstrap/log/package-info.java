/// How the house logs: for people, to standard error, without personal data.
@NullMarked
package dev.carillon.bootstrap.log;

import org.jspecify.annotations.NullMarked;
