/// What those may do who run the service: carriers and limits, audits, the switch of dispatch.
@NullMarked
package dev.carillon.application.admin;

import org.jspecify.annotations.NullMarked;
