package dev.carillon.grpc;

import dev.carillon.application.admin.CreateApiKey;
import dev.carillon.application.admin.CreateBusiness;
import dev.carillon.application.admin.GetBusiness;
import dev.carillon.application.admin.ListApiKeys;
import dev.carillon.application.admin.ListAuditEntries;
import dev.carillon.application.admin.ListBusinesses;
import dev.carillon.application.admin.ResumeBusiness;
import dev.carillon.application.admin.RevokeApiKey;
import dev.carillon.application.admin.StopBusiness;
import dev.carillon.application.admin.UpdateBusiness;

/// What can be done with businesses and their keys.
record TenantUseCases(
    CreateBusiness create,
    GetBusiness get,
    ListBusinesses list,
    UpdateBusiness update,
    StopBusiness stop,
    ResumeBusiness resume,
    CreateApiKey createKey,
    ListApiKeys listKeys,
    RevokeApiKey revokeKey,
    ListAuditEntries listAudit) {}
