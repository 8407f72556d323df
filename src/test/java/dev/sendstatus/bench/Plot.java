package dev.sendstatus.bench;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** A picture of some curves as an SVG file. */
final class Plot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;

    private final String title;
    private final ValueAxis across;
    private final ValueAxis up;
    private final XYSeriesCollection curves = new XYSeriesCollection();

    private Plot(String title, ValueAxis across, ValueAxis up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    static Plot of(String title, String across, String up) {
        return new Plot(title, new NumberAxis(across), new NumberAxis(up));
    }

    /** With equal steps for equal factors, both ways. */
    static Plot logarithmic(String title, String across, String up) {
        LogAxis horizontal = new LogAxis(across);
        horizontal.setNumberFormatOverride(java.text.NumberFormat.getIntegerInstance(java.util.Locale.ROOT));
        return new Plot(title, horizontal, new NumberAxis(up));
    }

    Plot curve(String name, Map<? extends Number, ? extends Number> points) {
        XYSeries curve = new XYSeries(name);
        points.forEach(curve::add);
        curves.addSeries(curve);
        return this;
    }

    void write(Path file) throws IOException {
        if (up instanceof NumberAxis axis) {
            axis.setAutoRangeIncludesZero(true);
        }
        XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer();
        for (int i = 0; i < curves.getSeriesCount(); i++) {
            lines.setSeriesStroke(i, new BasicStroke(2));
        }
        XYPlot plot = new XYPlot(curves, across, up, lines);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.setDomainGridlinePaint(Color.LIGHT_GRAY);
        JFreeChart chart = new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        VectorGraphics2D picture = new VectorGraphics2D();
        chart.draw(picture, new Rectangle(WIDTH, HEIGHT));
        try (OutputStream out = Files.newOutputStream(file)) {
            new SVGProcessor()
                    .getDocument(picture.getCommands(), new PageSize(WIDTH, HEIGHT))
                    .writeTo(out);
        }
    }
}
