package dev.sendstatus.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files for their owner only, whatever the umask of the process; and files that are there whole or not at all: written under another
 * name, synced, then renamed.
 */
public final class SafeFiles {
    private static final Pattern PARTIAL = Pattern.compile(".*\\.partial-(\\d+)");
    /** So that a disk is never filled to its last byte: the server writes beside. */
    private static final long LEFT_FREE = 64L << 20;

    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private SafeFiles() {}

    /** An empty file beside that one, for its owner only, with what a run that was killed left behind removed. */
    public static Path partial(Path target) throws IOException {
        removeAbandoned(target);
        Path partial = target.resolveSibling(
                name(target) + ".partial-" + ProcessHandle.current().pid());
        Files.deleteIfExists(partial);
        createForOwner(partial);
        return partial;
    }

    /** Makes an empty file of mode 0600. @return false if there is a file already, which is left as it is */
    public static boolean createForOwner(Path file) throws IOException {
        try {
            // Both: a moment of being readable is enough for a reader, and a umask can take rights from the owner too.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
            Files.setPosixFilePermissions(file, FILE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Makes a folder of mode 0700, and those above it that are missing; one that exists is left as it is. */
    public static void createFolderForOwner(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            Files.setPosixFilePermissions(folder, FOLDER);
        }
    }

    private static void removeAbandoned(Path target) throws IOException {
        List<Path> beside;
        try (Stream<Path> files = Files.list(folder(target))) {
            beside = files.filter(file -> name(file).startsWith(name(target) + ".partial-"))
                    .toList();
        }
        for (Path file : beside) {
            Matcher process = PARTIAL.matcher(name(file));
            if (process.matches()
                    && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Gives a whole file its name; afterwards also the name is on the disk. */
    public static void complete(Path partial, Path target) throws IOException {
        sync(partial);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(target);
    }

    public static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    public static void syncFolder(Path file) throws IOException {
        // Only Linux and its like open a folder; the program runs on no other.
        try (FileChannel channel = FileChannel.open(folder(file), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    public static void requireSpace(Path target, long bytes) throws IOException, BackupFailed {
        FileStore disk = Files.getFileStore(folder(target));
        requireSpace(target, bytes, disk.getUsableSpace());
    }

    public static void requireSpace(Path target, long bytes, long free) throws BackupFailed {
        long needed = bytes + bytes / 20 + LEFT_FREE;
        if (free < needed) {
            throw new BackupFailed(String.format(
                    Locale.ROOT,
                    "%s needs %,d MB, and the disk of %s has %,d MB free: free some, or choose another disk.",
                    name(target),
                    needed >> 20,
                    folder(target),
                    free >> 20));
        }
    }

    public static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    public static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
