package dev.sendstatus.config;

import dev.sendstatus.catalog.Catalogue;
import dev.sendstatus.catalog.OwnFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/** The operator's own error codes: the file that {@code errors.file} names. */
final class ErrorsFile {
    private ErrorsFile() {}

    /**
     * The catalogue with the file's entries; as it was where no file is named or where it cannot be read.
     *
     * @param home a relative path begins there
     */
    static Catalogue laidOver(Catalogue catalogue, Path home, KeyReader keys, Mistakes mistakes) {
        String named = keys.read(Key.ERRORS_FILE, Function.identity());
        if (named.isEmpty()) {
            return catalogue;
        }
        try {
            OwnFile.Result result = OwnFile.read(catalogue, Files.readString(home.resolve(named)));
            result.mistakes().forEach(one -> mistakes.add(named + ":" + one.line(), "", one.remedy()));
            return result.catalogue();
        } catch (NoSuchFileException | InvalidPathException e) {
            mistake(keys, mistakes, "names a file that does not exist: create it, or mend the path");
        } catch (CharacterCodingException e) {
            mistakes.add(named, "", "is not in UTF-8: save it in that encoding");
        } catch (IOException e) {
            mistake(
                    keys,
                    mistakes,
                    "names a file that cannot be read (" + e.getClass().getSimpleName() + "): let this user read it");
        }
        return catalogue;
    }

    private static void mistake(KeyReader keys, Mistakes mistakes, String remedy) {
        mistakes.add(keys.origin(Key.ERRORS_FILE), Key.ERRORS_FILE.path(), remedy);
        keys.show(Key.ERRORS_FILE, EffectiveValue.MISTAKE);
    }
}
