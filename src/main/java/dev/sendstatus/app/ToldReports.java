package dev.sendstatus.app;

import dev.sendstatus.channel.Message;
import dev.sendstatus.channel.Note;
import dev.sendstatus.channel.ReportParts;
import dev.sendstatus.channel.Tone;
import dev.sendstatus.report.ReportDocuments;
import dev.sendstatus.report.ReportLetter;
import dev.sendstatus.report.StuckReport;
import dev.sendstatus.report.UnreadableReport;
import dev.sendstatus.store.KeptReport;
import dev.sendstatus.store.StoreException;
import dev.sendstatus.store.jdbc.Reads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports that are kept, as channels tell them. */
final class ToldReports {
    private static final Logger LOG = LoggerFactory.getLogger(ToldReports.class);
    /** Mail servers refuse letters of some ten megabytes or more. */
    private static final int LARGEST_PLAIN = 4 << 20;

    private final Reads reads;
    private final String publicUrl;

    ToldReports(Reads reads, String publicUrl) {
        this.reads = reads;
        this.publicUrl = publicUrl;
    }

    /** As {@link dev.sendstatus.channel.ReportSource} has it. */
    Optional<ReportParts> of(List<LocalDate> days, @Nullable LocalDate toldBefore, boolean fullNumbers)
            throws StoreException {
        List<StuckReport> reports = new ArrayList<>();
        for (LocalDate day : days) {
            StuckReport report = read(day);
            if (report != null) {
                reports.add(report);
            }
        }
        if (reports.isEmpty()) {
            return Optional.empty();
        }
        StuckReport before = toldBefore == null ? null : read(toldBefore);
        LocalDate newest = reports.get(reports.size() - 1).date();
        return Optional.of(parts(new ReportLetter(reports, before, fullNumbers, publicUrl + "/ui/reports/" + newest)));
    }

    private @Nullable StuckReport read(LocalDate day) throws StoreException {
        Optional<KeptReport> kept = reads.report(day);
        if (kept.isEmpty()) {
            return null;
        }
        try {
            return ReportDocuments.read(kept.get());
        } catch (UnreadableReport e) {
            LOG.warn("the report of {} is not told: {}", day, e.getMessage());
            return null;
        }
    }

    private static ReportParts parts(ReportLetter letter) {
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
        return new ReportParts(
                "[Sendstatus] " + letter.subject(),
                note,
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
