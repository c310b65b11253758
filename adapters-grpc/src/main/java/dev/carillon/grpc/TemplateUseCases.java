package dev.carillon.grpc;

import dev.carillon.application.template.CreateTemplate;
import dev.carillon.application.template.DeleteTemplate;
import dev.carillon.application.template.GetTemplate;
import dev.carillon.application.template.ListTemplates;
import dev.carillon.application.template.PreviewContent;
import dev.carillon.application.template.UpdateTemplate;

/// What can be done with templates.
record TemplateUseCases(
    CreateTemplate create,
    GetTemplate get,
    ListTemplates list,
    UpdateTemplate update,
    DeleteTemplate delete,
    PreviewContent preview) {}
