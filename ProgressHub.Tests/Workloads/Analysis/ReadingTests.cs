using System.Globalization;
using System.Text;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Tables as people make them are read right, or it is said where they could be read otherwise.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("1,234.50|12,500.00", "1234.5;12500")]
    [InlineData("1.234,50|7,5", "1234.5;7.5")]
    [InlineData("1 234,50|2 000,00", "1234.5;2000")]
    [InlineData("1\u00A0234,5|1\u202F000,25", "1234.5;1000.25")]
    [InlineData("1'234.50|2’000", "1234.5;2000")]
    [InlineData("1,23,456.50|12,34,567", "123456.5;1234567")]
    [InlineData("$1.50|$1,200.00|($20.00)|-$5|$-6", "1.5;1200;-20;-5;-6")]
    [InlineData("7,50 €|12,50 €|€ 1,25", "7.5;12.5;1.25")]
    [InlineData("CHF 1'000.50|CHF 3", "1000.5;3")]
    [InlineData("100 kr|2 500 kr", "100;2500")]
    [InlineData("1.5e3|2.5E-2|1e+2", "1500;0.025;100")]
    [InlineData("12.5%|-3.25%|0%", "12.5;-3.25;0")]
    [InlineData("5.00-|−7|+3.5", "-5;-7;3.5")]
    [InlineData(".5|-.25|3.", "0.5;-0.25;3")]
    [InlineData("0.1|0.2|NA", "0.1;0.2;")]
    public void Numbers_are_read_as_they_are_written(string cells, string values)
    {
        using var table = new TableFile("k\tv\n" + string.Concat(cells.Split('|').Select((c, i) => $"r{i}\t{c}\n")));

        Assert.Contains(table.Profile.Columns[1].Type, new[] { ColumnType.Real, ColumnType.Whole });
        Assert.Equal(values.Split(';'), table.Column(1).Select(v => v is null ? "" : Convert.ToDecimal(v, CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("02138|10001")]
    [InlineData("12E3|45E7|104")]
    [InlineData("+49301234567|+15551234567")]
    [InlineData("555-1234|555-2345")]
    [InlineData("1.2.3|1.2.4")]
    [InlineData("0x1F|0x20")]
    [InlineData("192.168.0.1|10.0.0.1")]
    [InlineData("1-2|3-4")]
    [InlineData("10:30|11:45")]
    [InlineData("5 kg|7 kg")]
    [InlineData("2024-13-45|2024-01-01")]
    [InlineData("N|S|E|W")]
    [InlineData("Y|Y|Y")]
    [InlineData("$5|7 €")]
    [InlineData("13/02/2024|02/13/2024")]
    public void What_is_no_number_or_date_stays_text(string cells)
    {
        using var table = new TableFile("k\tv\n" + string.Concat(cells.Split('|').Select((c, i) => $"r{i}\t{c}\n")));

        Assert.Equal(ColumnType.Text, table.Profile.Columns[1].Type);
        Assert.Equal(cells.Split('|'), table.Column(1));
    }

    [Theory]
    [InlineData("zip", "10001|94105"), InlineData("Phone number", "5551234|5559876"), InlineData("PLZ", "80331|10115")]
    public void Numbers_that_the_columns_name_makes_names_stay_text(string name, string cells)
    {
        using var table = new TableFile($"k,{name}\n" + string.Concat(cells.Split('|').Select((c, i) => $"r{i},{c}\n")));

        Assert.Equal(ColumnType.Text, table.Profile.Columns[1].Type);
        Assert.Contains(table.Profile.Warnings, w => w.Contains("name", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2024-01-31|2024-02-01", "2024-01-31|2024-02-01")]
    [InlineData("31/12/2023|05/02/2024", "2023-12-31|2024-02-05")]
    [InlineData("12/31/2023|02/05/2024", "2023-12-31|2024-02-05")]
    [InlineData("31.12.2023|5.2.2024", "2023-12-31|2024-02-05")]
    [InlineData("31-Dec-23|5-Feb-24", "2023-12-31|2024-02-05")]
    [InlineData("Dec 31, 2023|March 5, 2024", "2023-12-31|2024-03-05")]
    [InlineData("31 décembre 2023|5 März 2024", "2023-12-31|2024-03-05")]
    [InlineData("31. Januar 2024|1. Mai 2024", "2024-01-31|2024-05-01")]
    [InlineData("2024年1月31日|2024年12月1日", "2024-01-31|2024-12-01")]
    [InlineData("Wed, 31 Jan 2024|Thu, 1 Feb 2024", "2024-01-31|2024-02-01")]
    [InlineData("January 1st, 2024|May 22nd, 2024", "2024-01-01|2024-05-22")]
    [InlineData("2024-01-13|13/02/2024|Mar 3, 2024", "2024-01-13|2024-02-13|2024-03-03")]
    [InlineData("99/12/31|00/01/15", "1999-12-31|2000-01-15")]
    [InlineData("12/31/69|1/1/68", "1969-12-31|2068-01-01")]
    [InlineData("2024-01-13 10:00:00.745232+02|2024-02-14 11:30:00.5+02", "2024-01-13 08:00:00.745232|2024-02-14 09:30:00.5")]
    [InlineData("2024-01-13T10:00:00Z|2024-02-14T11:30:00+02:00", "2024-01-13 10:00:00|2024-02-14 09:30:00")]
    [InlineData("1/31/2024 2:05 PM|2/1/2024 12:00 AM", "2024-01-31 14:05:00|2024-02-01 00:00:00")]
    [InlineData("31.01.2024, 14:05|01.02.2024, 00:00", "2024-01-31 14:05:00|2024-02-01 00:00:00")]
    public void Dates_are_read_in_the_forms_people_write(string cells, string values)
    {
        using var table = new TableFile("k\tv\n" + string.Concat(cells.Split('|').Select((c, i) => $"r{i}\t{c}\n")));

        Assert.Equal(values.Split('|'), table.Column(1));
    }

    [Theory]
    [InlineData("03/04/2024|05/06/2024", "2024-03-04"), InlineData("03.04.2024|05.06.2024", "2024-04-03")]
    public void Dates_that_can_be_read_both_ways_are_told(string cells, string first)
    {
        using var table = new TableFile("k\tv\n" + string.Concat(cells.Split('|').Select((c, i) => $"r{i}\t{c}\n")));

        Assert.Equal(first, table.Column(1)[0]);
        Assert.Contains(table.Profile.Warnings, w => w.Contains("both ways", StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_that_leaves_no_doubt_decides_for_one_that_does()
    {
        using var table = new TableFile("a;b;c;d\n1.234;7,5;03/04/2024;31/12/2024\n2.500;2,25;05/06/2024;30/11/2024\n");

        Assert.Equal([1234L, 7.5m, "2024-04-03", "2024-12-31"], table.Run("SELECT * FROM data").Rows[0]);
        Assert.Equal(2, table.Profile.Warnings.Count(w => w.Contains("both ways", StringComparison.Ordinal)));
    }

    [Fact]
    public void Dates_that_are_counted_are_read_where_the_name_says_so()
    {
        using var table = new TableFile("id,date,day,n\n1,45322,20240131,45322\n2,45323.5,20240201,45323\n");

        Assert.Equal([1L, "2024-01-31 00:00:00", "2024-01-31", 45322L], table.Run("SELECT * FROM data").Rows[0]);
    }

    [Fact]
    public void What_means_missing_depends_on_the_column()
    {
        using var table = new TableFile("country,n,name,code,flag\nNA,NA,Ann,x1,yes\nDE,5,NA,-,NA\nFR,n/a,Bob,x3,no\nUS,\\N,#N/A,null,\n");

        Assert.Equal(["NA", "DE", "FR", "US"], table.Column(0));
        Assert.Equal([null, 5L, null, null], table.Column(1));
        Assert.Equal(["Ann", null, "Bob", null], table.Column(2));
        Assert.Equal(["x1", null, "x3", null], table.Column(3));
        Assert.Equal([true, null, false, null], table.Column(4));
        Assert.Equal(2, table.Profile.Warnings.Count(w => w.Contains("'NA'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Y|N|Y", true), InlineData("true|False|TRUE", true), InlineData("ja|nein", true), InlineData("oui|non", true), InlineData("是|否", true)]
    [InlineData("true|No|FALSE|yes", true), InlineData("yes|nein", false), InlineData("1|0", false), InlineData("T|N", false)]
    public void Yes_and_no_are_of_one_pair(string cells, bool isBoolean)
    {
        using var table = new TableFile("k,v\n" + string.Concat(cells.Split('|').Select((c, i) => $"r{i},{c}\n")));

        Assert.Equal(isBoolean, table.Profile.Columns[1].Type == ColumnType.Boolean);
    }

    [Fact]
    public void Numbers_beyond_what_a_double_holds_are_exact()
    {
        using var table = new TableFile("id,amount\n9007199254740993,0.1\n11234567800033596096,0.2\n");

        Assert.Equal([9007199254740993m, 11234567800033596096m], table.Column(0).Select(v => Convert.ToDecimal(v, CultureInfo.InvariantCulture)));
        Assert.Equal(0.3m, table.Value("SELECT sum(amount) FROM data"));
        Assert.Equal("HUGEINT", table.Profile.Columns[0].Stored);
    }

    [Theory]
    [InlineData("gb18030", "城市,金额\n北京,5\n上海,7\n广州和深圳,9\n", "北京")]
    [InlineData("shift_jis", "都市,金額\n東京,5\nおおさか,7\nキョウト,9\n", "東京")]
    [InlineData("big5", "城市,金額\n台北市的人口,5\n高雄,7\n臺中與新竹,9\n", "台北市的人口")]
    [InlineData("euc-kr", "도시,금액\n서울,5\n부산,7\n대구광역시,9\n", "서울")]
    [InlineData("windows-1251", "город,сумма\nМосква,5\nКазань,7\n", "Москва")]
    [InlineData("windows-1250", "miasto,kwota\nŁódź,5\nKraków,7\nGdańsk,8\nŚwinoujście,9\n", "Łódź")]
    [InlineData("windows-1252", "ville,montant\nOrléans,5\nBesançon,7\n", "Orléans")]
    public void Encodings_are_told_by_their_letters_and_the_guess_is_said(string name, string text, string first)
    {
        using var table = new TableFile(CodePagesEncodingProvider.Instance.GetEncoding(name)!.GetBytes(text));

        Assert.Equal(first, table.Column(0)[0]);
        Assert.Contains(table.Profile.Warnings, w => w.Contains("not valid UTF-8", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("utf-16"), InlineData("utf-16BE")]
    public void UTF_16_needs_no_mark(string name)
    {
        using var table = new TableFile(Encoding.GetEncoding(name).GetBytes("city,n\nZürich,5\nRome,7\n"));

        Assert.Equal(["Zürich", "Rome"], table.Column(0));
        Assert.Empty(table.Profile.Warnings);
    }

    [Fact]
    public void What_a_person_says_of_the_reading_is_not_decided()
    {
        const string text = "03/04/2024;1.234;007\n05/06/2024;2.500;012\n";
        using var table = new TableFile(text, new TableReading
        {
            HeaderRows = 0,
            Columns =
            [
                new ColumnReading { Name = "column_1", Type = ColumnType.Date, Order = DateOrder.DayFirst },
                new ColumnReading { Name = "column_2", Type = ColumnType.Real, DecimalSign = "." },
                new ColumnReading { Name = "column_3", Type = ColumnType.Whole },
            ],
        });

        Assert.Equal(["2024-04-03", 1.234m, 7L], table.Run("SELECT * FROM data").Rows[0]);
        Assert.Equal([ColumnType.Date, ColumnType.Real, ColumnType.Whole], table.Profile.Reading!.Columns!.Select(c => c.Type!.Value));
    }

    [Fact]
    public void A_bad_cell_in_the_first_row_is_no_second_row_of_names()
    {
        using var table = new TableFile("name,n\nAnn,two\nBob,3\nEve,4\n");

        Assert.Equal(3, table.Profile.Rows);
        Assert.Equal(["two", "3", "4"], table.Column(1));
    }

    [Fact]
    public void Cells_that_do_not_fit_what_a_person_says_are_told()
    {
        using var table = new TableFile("k,v\na,1\nb,two\nc,3\n", new TableReading { Columns = [new ColumnReading { Name = "V", Type = ColumnType.Whole }] });

        Assert.Equal([1L, null, 3L], table.Column(1));
        Assert.Contains(table.Profile.Warnings, w => w.Contains("'two'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reading_can_be_said_back_as_it_was_said()
    {
        using var table = new TableFile("Report,,\n,,\nregion,amount,zip\nWest,\"1,5\",01234\nEast,\"2,25\",04567\nTotal,\"3,75\",\n");
        using var again = new TableFile("Report,,\n,,\nregion,amount,zip\nWest,\"1,5\",01234\nEast,\"2,25\",04567\nTotal,\"3,75\",\n", table.Profile.Reading);

        Assert.Equal(table.Run("SELECT * FROM data").Rows, again.Run("SELECT * FROM data").Rows);
        Assert.Equal((2, 1), (table.Profile.Reading!.SkipRows, table.Profile.Reading.HeaderRows));
        Assert.Equal([6L], table.Profile.Reading.Totals!);
    }
}
