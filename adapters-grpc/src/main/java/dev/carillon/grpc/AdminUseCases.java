package dev.carillon.grpc;

import dev.carillon.application.admin.AuditBulkJob;
import dev.carillon.application.admin.ConfirmDispatch;
import dev.carillon.application.admin.ListCarriers;
import dev.carillon.application.admin.ListSenderLimits;
import dev.carillon.application.admin.ListStalledJobs;
import dev.carillon.application.admin.SetSenderLimit;
import dev.carillon.application.admin.ShowDispatchSwitch;
import dev.carillon.application.admin.SwitchDispatchOff;
import dev.carillon.application.admin.UpdateCarrier;

/// What can be done by those who run the service.
record AdminUseCases(
    ListCarriers listCarriers,
    UpdateCarrier updateCarrier,
    ListSenderLimits listSenderLimits,
    SetSenderLimit setSenderLimit,
    AuditBulkJob audit,
    ListStalledJobs listStalled,
    ShowDispatchSwitch showSwitch,
    ConfirmDispatch confirm,
    SwitchDispatchOff switchOff) {}
