package dev.sendstatus.migrate;

import java.util.List;

/**
 * How a migration ended.
 *
 * @param resumed whether an earlier one that was cut short was gone on with
 * @param messages how many messages this run wrote
 * @param tables the comparison, table by table
 * @param differences some of the rows that differ between the sides, for a person; empty where none do
 */
public record MigrationResult(boolean resumed, long messages, List<Compared> tables, List<String> differences) {

    public MigrationResult {
        tables = List.copyOf(tables);
        differences = List.copyOf(differences);
    }

    /** Whether the target has all that the source has, and is ready to be used. */
    public boolean complete() {
        return tables.stream().allMatch(Compared::equal);
    }

    /**
     * A table on both sides.
     *
     * @param name as the tables are called in the documents
     * @param sourceDigest of all its rows in the order of their keys, as hexadecimal digits; it does not depend on the database
     */
    public record Compared(String name, long sourceRows, long targetRows, String sourceDigest, String targetDigest) {

        public boolean equal() {
            return sourceRows == targetRows && sourceDigest.equals(targetDigest);
        }
    }
}
