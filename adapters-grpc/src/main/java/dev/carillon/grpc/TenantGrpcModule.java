package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
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

/// Wires what AdminService does with businesses and their keys: needs its use cases.
final class TenantGrpcModule extends AbstractModule {
  @Provides
  TenantUseCases useCases(
      CreateBusiness create,
      GetBusiness get,
      ListBusinesses list,
      UpdateBusiness update,
      StopBusiness stop,
      ResumeBusiness resume,
      CreateApiKey createKey,
      ListApiKeys listKeys,
      RevokeApiKey revokeKey,
      ListAuditEntries listAudit) {
    return new TenantUseCases(
        create, get, list, update, stop, resume, createKey, listKeys, revokeKey, listAudit);
  }
}
