package dev.carillon.domain.business;

/// Who is calling: made of a credential, never of what the request says.
///
/// @param scope the business and environment the credential belongs to
/// @param role what it may do
/// @param principal the key's or user's id; what the caller makes carries it as created_by
/// @param defaultRegion ISO 3166-1 alpha-2 region of the business, for numbers without country code
/// @param currency ISO 4217 code of the business's money
public record Caller(
    Scope scope, Role role, String principal, String defaultRegion, String currency) {}
