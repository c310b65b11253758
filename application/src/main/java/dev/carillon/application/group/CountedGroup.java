package dev.carillon.application.group;

import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.RecipientGroup;
import org.jspecify.annotations.Nullable;

/// A group and how many members it had when it was looked at.
///
/// @param counts null where they were not counted
public record CountedGroup(RecipientGroup group, @Nullable MemberCounts counts) {}
