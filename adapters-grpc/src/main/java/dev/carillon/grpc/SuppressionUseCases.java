package dev.carillon.grpc;

import dev.carillon.application.suppression.AddSuppressions;
import dev.carillon.application.suppression.ListSuppressions;
import dev.carillon.application.suppression.RemoveSuppressions;

/// What can be done with the lists of addresses that must not be written to.
record SuppressionUseCases(AddSuppressions add, RemoveSuppressions remove, ListSuppressions list) {}
