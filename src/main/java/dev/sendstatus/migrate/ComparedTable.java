package dev.sendstatus.migrate;

/**
 * A table on both sides.
 *
 * @param name as the tables are called in the documents
 * @param sourceDigest of all its rows in the order of their keys, as hexadecimal digits; it does not depend on the database
 */
public record ComparedTable(String name, long sourceRows, long targetRows, String sourceDigest, String targetDigest) {

    public boolean equal() {
        return sourceRows == targetRows && sourceDigest.equals(targetDigest);
    }
}
