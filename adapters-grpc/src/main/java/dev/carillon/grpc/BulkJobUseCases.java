package dev.carillon.grpc;

import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.EstimateBulkJob;
import dev.carillon.application.GetBulkJob;
import dev.carillon.application.ListBulkJobs;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.StartBulkJob;
import dev.carillon.application.UpdateBulkJob;
import dev.carillon.application.watch.WatchBulkJob;
import dev.carillon.application.watch.WatchBulkJobs;

/// What can be done with bulk jobs.
record BulkJobUseCases(
    EstimateBulkJob estimate,
    CreateBulkJob create,
    AddBulkJobRecipients add,
    StartBulkJob start,
    GetBulkJob get,
    ListBulkJobs list,
    WatchBulkJob watch,
    WatchBulkJobs watchAll,
    PauseBulkJob pause,
    ResumeBulkJob resume,
    CancelBulkJob cancel,
    UpdateBulkJob update,
    RetryBulkJob retry) {}
