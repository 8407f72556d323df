package dev.sendstatus.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** The reason why a file cannot be read or written, for a person. Java's own message is often no more than the file's name. */
final class FileTrouble {
    private FileTrouble() {}

    static String said(IOException trouble) {
        if (trouble instanceof FileSystemException file) {
            String reason = reason(file);
            return reason == null ? String.valueOf(file.getMessage()) : file.getFile() + ": " + reason;
        }
        return String.valueOf(trouble.getMessage());
    }

    private static @Nullable String reason(FileSystemException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (trouble instanceof AccessDeniedException) {
            return "you have no right to it";
        }
        if (trouble instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        if (trouble instanceof DirectoryNotEmptyException) {
            return "it is a folder";
        }
        return trouble instanceof NotDirectoryException ? "it is no folder" : trouble.getReason();
    }
}
