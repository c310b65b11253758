package dev.carillon.application.port;

import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import java.time.Instant;

/// A job about to be stored.
///
/// @param content what is said to everybody who brings no words of their own
/// @param composition how that becomes what one recipient gets
/// @param bill what all of it costs
/// @param parts billed parts of its accepted messages
/// @param openChunks how many of its chunks have something to send
public record NewBulkJob(
    BulkId bulkId,
    Scope scope,
    BulkJob.Submission submission,
    Content content,
    Composition composition,
    JobStatus status,
    Bill bill,
    long parts,
    int openChunks,
    Instant createdAt) {}
