package dev.sendstatus.app;

import dev.sendstatus.channel.Message;
import dev.sendstatus.channel.Note;
import dev.sendstatus.channel.ReportSource;
import dev.sendstatus.channel.Tone;
import dev.sendstatus.report.ReportLetter;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.StuckReports;
import dev.sendstatus.store.Notice;
import dev.sendstatus.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The reports that are kept, as channels tell them. */
final class ToldReports implements ReportSource {
    /** Mail servers refuse letters of some ten megabytes or more. */
    private static final int LARGEST_PLAIN = 4 << 20;

    private final StuckReports reports;
    private final String publicUrl;

    ToldReports(StuckReports reports, String publicUrl) {
        this.reports = reports;
        this.publicUrl = publicUrl;
    }

    @Override
    public Optional<Message> message(
            String id, Instant at, List<LocalDate> days, @Nullable LocalDate toldBefore, boolean fullNumbers)
            throws StoreException {
        List<StuckReport> kept = new ArrayList<>();
        for (LocalDate day : days) {
            reports.kept(day).ifPresent(kept::add);
        }
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        StuckReport before =
                toldBefore == null ? null : reports.kept(toldBefore).orElse(null);
        LocalDate newest = kept.get(kept.size() - 1).date();
        return Optional.of(
                message(id, at, new ReportLetter(kept, before, fullNumbers, publicUrl + "/ui/reports/" + newest)));
    }

    private static Message message(String id, Instant at, ReportLetter letter) {
        Note note = new Note(
                letter.calm() ? Tone.GOOD : Tone.WARNING,
                letter.subject(),
                letter.headline(),
                letter.lines().stream()
                        .map(line -> new Note.Fact(line.label(), line.value()))
                        .toList(),
                letter.link());
        byte[] csv = letter.csv().getBytes(StandardCharsets.UTF_8);
        String name = "stuck-" + letter.date() + ".csv";
        boolean large = csv.length > LARGEST_PLAIN;
        return new Message(
                id,
                at,
                "[Sendstatus] " + letter.subject(),
                List.of(note),
                Notice.Type.REPORT_STUCK.word(),
                letter.data(),
                new Message.Mail(
                        letter.html(), letter.text(), large ? name + ".gz" : name, large ? compressed(csv) : csv));
    }

    static byte[] compressed(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory take whatever is written to them", e);
        }
        return bytes.toByteArray();
    }
}
