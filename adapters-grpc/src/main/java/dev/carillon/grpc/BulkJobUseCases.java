package dev.carillon.grpc;

import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.WatchBulkJob;

/// What can be done with bulk jobs.
record BulkJobUseCases(
    CreateBulkJob create,
    GetBulkJob get,
    ListBulkJobs list,
    WatchBulkJob watch,
    CancelBulkJob cancel) {}
