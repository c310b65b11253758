package dev.carillon.domain.business;

/// The wall around a tenant: every table and every query is bounded by it.
public record Scope(BusinessId business, Environment environment) {}
