package dev.sendstatus.migrate;

import java.util.List;

/**
 * How a migration ended.
 *
 * @param resumed whether an earlier one that was cut short was gone on with
 * @param messages how many messages this run wrote
 * @param tables the comparison, table by table
 * @param differences what is not the same on both sides, some at the most, for a person; empty where all is
 */
public record MigrationResult(boolean resumed, long messages, List<ComparedTable> tables, List<String> differences) {

    public MigrationResult {
        tables = List.copyOf(tables);
        differences = List.copyOf(differences);
    }

    /** Whether the target has all that the source has, and is ready to be used. */
    public boolean complete() {
        return tables.stream().allMatch(ComparedTable::equal);
    }
}
