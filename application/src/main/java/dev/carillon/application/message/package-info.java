/// Finding, listing and exporting the messages of jobs.
@NullMarked
package dev.carillon.application.message;

import org.jspecify.annotations.NullMarked;
