package dev.sendstatus.bench;

import java.awt.Color;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Pictures of what was measured, as PNG files in the folder {@code target/bench-plots}. */
final class Plots {
    private static final Path FOLDER = Path.of("target", "bench-plots");
    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;

    private Plots() {}

    /** Of each burst two lines: accepted, and applied. */
    static void bursts(String name, String heading, Map<String, List<Bursts.Point>> courses) throws IOException {
        XYSeriesCollection lines = new XYSeriesCollection();
        courses.forEach((runner, points) -> {
            lines.addSeries(line(runner + " accepted", points, Bursts.Point::seconds, Bursts.Point::accepted));
            lines.addSeries(line(runner + " applied", points, Bursts.Point::seconds, Bursts.Point::applied));
        });
        save(name, heading, "seconds", "callbacks", lines);
    }

    static <T> XYSeries line(String name, List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        XYSeries line = new XYSeries(name);
        points.forEach(point -> line.add(x.applyAsDouble(point), y.applyAsDouble(point)));
        return line;
    }

    static void save(String name, String heading, String x, String y, XYSeriesCollection lines) throws IOException {
        JFreeChart chart = ChartFactory.createXYLineChart(heading, x, y, lines);
        chart.getXYPlot().setBackgroundPaint(Color.WHITE);
        chart.getXYPlot().setDomainGridlinePaint(Color.LIGHT_GRAY);
        chart.getXYPlot().setRangeGridlinePaint(Color.LIGHT_GRAY);
        Files.createDirectories(FOLDER);
        File file = FOLDER.resolve(name + ".png").toFile();
        ChartUtils.saveChartAsPNG(file, chart, WIDTH, HEIGHT);
        System.out.printf("%nDrawn: %s%n", file);
    }
}
