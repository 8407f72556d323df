package dev.sendstatus.alert;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disk that the database is on, as of now.
 *
 * @param free bytes that can still be written
 * @param total bytes in all; 0 if the system does not say
 */
public record Disk(long free, long total) {

    /** The disk that this file is on. */
    public static Disk of(Path file) {
        try {
            FileStore disk = Files.getFileStore(file);
            return new Disk(disk.getUsableSpace(), disk.getTotalSpace());
        } catch (IOException e) {
            // Then the database itself will say so.
            return new Disk(0, 0);
        }
    }
}
