/// Mail through Postmark: batches out over its HTTP API, its webhooks in.
@NullMarked
package dev.carillon.providers.postmark;

import org.jspecify.annotations.NullMarked;
