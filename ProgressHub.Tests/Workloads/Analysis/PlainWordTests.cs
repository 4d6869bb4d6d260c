using ProgressHub.Workloads.Analysis.Planning;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Words that add nothing to a question are left out and named; turns of phrase are read as what they say of the columns. What would tell rows apart is refused.</summary>
public sealed class PlainWordTests(PlainWordTests.Tables tables) : IClassFixture<PlainWordTests.Tables>
{
    private const string Films = "films.csv", Log = "web_logs.csv", Marks = "marks.csv", Till = "till.csv", Race = "race.csv", Flights = "flights.csv", Stock = "stock.csv", Cars = "cars.csv", Run = "run.csv", Buses = "buses.csv";

    [Theory]
    [InlineData(Films, "average rating of PG films released from 2010 to 2015", "SELECT avg(Rating) FROM data WHERE Cert = 'PG' AND Year BETWEEN 2010 AND 2015")]
    [InlineData(Films, "How many films were made each year?", "SELECT Year, count(*) FROM data GROUP BY 1")]
    [InlineData(Films, "What percent of films run longer than 2 hours?", "SELECT 100.0 * avg(CASE WHEN \"Runtime (min)\" > 120 THEN 1.0 ELSE 0 END) FROM data")]
    [InlineData(Films, "How many films made less at the box office than their budget?", "SELECT count(*) FROM data WHERE \"Box Office\" < Budget")]
    [InlineData(Films, "top 2 films by profit (box office minus budget)", "top SELECT Title FROM data ORDER BY \"Box Office\" - Budget DESC LIMIT 1")]
    [InlineData(Films, "average runtime in hours by genre", "SELECT Genre, avg(\"Runtime (min)\") / 60 FROM data GROUP BY 1")]
    [InlineData(Log, "What percent of requests ended in a status of 500 or above?", "SELECT 100.0 * avg(CASE WHEN status >= 500 THEN 1.0 ELSE 0 END) FROM data")]
    [InlineData(Log, "how many POST requests were not to /login?", "SELECT count(*) FROM data WHERE method = 'POST' AND path <> '/login'")]
    [InlineData(Log, "How many requests came in between March 10 and March 12, 2025, both days included?", "SELECT count(*) FROM data WHERE \"timestamp\" >= '2025-03-10' AND \"timestamp\" < '2025-03-13'")]
    [InlineData(Log, "On which date were the most bytes sent?", "top SELECT strftime(\"timestamp\", '%Y-%m-%d') FROM data GROUP BY 1 ORDER BY sum(bytes) DESC LIMIT 1")]
    [InlineData(Log, "number of unique ips from DE", "SELECT count(DISTINCT ip) FROM data WHERE country = 'DE'")]
    [InlineData(Log, "What share of requests returned a 404?", "SELECT 100.0 * avg(CASE WHEN status = 404 THEN 1.0 ELSE 0 END) FROM data")]
    [InlineData(Log, "the 2 most requested paths, with hits", "top SELECT path FROM data GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")]
    [InlineData(Log, "how many hits did /login get", "SELECT count(*) FROM data WHERE path = '/login'")]
    [InlineData(Log, "total bytes served per country", "SELECT country, sum(bytes) FROM data GROUP BY 1")]
    [InlineData(Marks, "average math score of 7th graders", "SELECT avg(Math) FROM data WHERE Grade = 7")]
    [InlineData(Marks, "How many 8th graders are there?", "SELECT count(*) FROM data WHERE Grade = 8")]
    [InlineData(Marks, "How many students did better in reading than in math?", "SELECT count(*) FROM data WHERE Reading > Math")]
    [InlineData(Marks, "How many students scored below 70 in both math and science?", "SELECT count(*) FROM data WHERE Math < 70 AND Science < 70")]
    [InlineData(Marks, "Who got the top math score in each grade?", "SELECT Grade, Student FROM data QUALIFY rank() OVER (PARTITION BY Grade ORDER BY Math DESC) = 1")]
    [InlineData(Marks, "What is Ivo Rao's average across math, reading and science?", "SELECT (Math + Reading + Science) / 3 FROM data WHERE Student = 'Ivo Rao'")]
    [InlineData(Marks, "averge math score", "SELECT avg(Math) FROM data")]
    [InlineData(Till, "What percentage of revenue (qty times unit price) comes from dinner?", "SELECT 100.0 * sum(Qty * \"Unit Price\") FILTER (WHERE Meal = 'Dinner') / sum(Qty * \"Unit Price\") FROM data")]
    [InlineData(Till, "Which dishes sold fewer than 5 units in total?", "SELECT Dish, sum(Qty) FROM data GROUP BY 1 HAVING sum(Qty) < 5")]
    [InlineData(Till, "totl qty for lunch", "SELECT sum(Qty) FROM data WHERE Meal = 'Lunch'")]
    [InlineData(Run, "how many runners broke 4 hours?", "SELECT count(*) FROM data WHERE finish_time < '4:00:00'")]
    [InlineData(Race, "How many runners didn't finish (no finish time)?", "SELECT count(*) FROM data WHERE finish_time IS NULL")]
    [InlineData(Race, "average finish time in minutes for men", "SELECT avg((split_part(finish_time, ':', 1)::INT * 3600 + split_part(finish_time, ':', 2)::INT * 60 + split_part(finish_time, ':', 3)::INT) / 60.0) FROM data WHERE sex = 'M'")]
    [InlineData(Race, "How many years older is the average male runner than the average female runner?", "SELECT (SELECT avg(age) FROM data WHERE sex = 'M') - (SELECT avg(age) FROM data WHERE sex = 'W')")]
    [InlineData(Flights, "How many flights to JFK did not come from LAX or SFO?", "SELECT count(*) FROM data WHERE Dest = 'JFK' AND Origin NOT IN ('LAX', 'SFO')")]
    [InlineData(Stock, "庫存量低於安全庫存的商品有幾項？", "SELECT count(*) FROM data WHERE 庫存量 < 安全庫存")]
    [InlineData(Stock, "列出所有已停產商品的品名", "SELECT 品名 FROM data WHERE 停產")]
    [InlineData(Stock, "文具類商品的平均售價是多少？", "SELECT avg(售價) FROM data WHERE 分類 = '文具'")]
    [InlineData(Stock, "各倉庫的庫存總值（庫存量×單位成本）是多少？", "SELECT 倉庫, sum(庫存量 * 單位成本) FROM data GROUP BY 1")]
    [InlineData(Stock, "售價減單位成本差額最大的前兩個品名是什麼？", "top SELECT 品名 FROM data ORDER BY 售價 - 單位成本 DESC LIMIT 1")]
    [InlineData(Cars, "average price of automatic diesel cars", "SELECT avg(price_eur) FROM data WHERE gearbox = 'automatic' AND fuel = 'diesel'")]
    [InlineData(Cars, "How many cars have done more than 100,000 km?", "SELECT count(*) FROM data WHERE mileage_km > 100000")]
    [InlineData(Buses, "Which stop has the worst average delay?", "top SELECT stop FROM data GROUP BY 1 ORDER BY avg(\"delay (min)\") DESC LIMIT 1")]
    [InlineData(Buses, "which stop has the best average delay", "top SELECT stop FROM data GROUP BY 1 ORDER BY avg(\"delay (min)\") LIMIT 1")]
    public void A_question_with_plain_words_is_answered_rightly(string table, string question, string gold) =>
        tables.AssertRight(table, question, gold);

    [Theory]
    [InlineData(Films, "average rating of PG films released from 2010 to 2015", "'released'")]
    [InlineData(Log, "how many hits did /login get", "'hits'")]
    [InlineData(Log, "total bytes loaded in DE", "'loaded'")]
    [InlineData(Marks, "totl math", "'totl'")]
    public void What_is_left_out_is_named(string table, string question, string named)
    {
        var outcome = RulesPlanner.Plan(question, tables.Of(table).Profile, new Dictionary<string, string>());

        var ready = Assert.IsType<PlanOutcome.Ready>(outcome);
        Assert.Contains(ready.Plan.Assumptions, a => a.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Log, "how many requests failed")]
    [InlineData(Log, "how many requests were blocked in DE")]
    [InlineData(Log, "How many refunds were issued in March?")]
    [InlineData(Log, "how many bytes were lost in DE")]
    [InlineData(Log, "how many visitors came from DE")]
    [InlineData(Films, "How many films were banned in 2010?")]
    [InlineData(Films, "How many films were nominated in 2015?")]
    [InlineData(Race, "how many runners were disqualified")]
    [InlineData(Race, "how many runners fell")]
    [InlineData(Cars, "how many cars were stolen in 2019")]
    [InlineData(Cars, "How many cars were transferred?")]
    [InlineData(Cars, "the cheapest 5-door car")]
    [InlineData(Till, "how many dishes were returned at lunch")]
    public void A_verb_or_a_noun_that_would_tell_rows_apart_is_refused(string table, string question)
    {
        var outcome = RulesPlanner.Plan(question, tables.Of(table).Profile, new Dictionary<string, string>());

        Assert.IsNotType<PlanOutcome.Ready>(outcome);
    }

    public sealed class Tables() : WrittenTables(Texts)
    {
        private static Dictionary<string, string> Texts => new()
        {
            [Films] = """
                Title,Year,Genre,Runtime (min),Budget,Box Office,Rating,Cert
                Salt Road,2009,Drama,98,4000000,9000000,7.1,PG
                Tall Water,2012,Drama,131,12000000,8000000,6.4,PG
                Night Ferry,2014,Action,124,60000000,150000000,6.9,R
                Paper Kings,2015,Comedy,92,9000000,31000000,7.7,PG
                Iron Garden,2018,Action,140,90000000,85000000,5.8,PG
                Blue Ladder,2015,Comedy,101,7000000,6500000,6.1,R
                """,
            [Log] = """
                timestamp,ip,method,path,status,bytes,country
                2025-03-09 08:10:00,10.0.0.1,GET,/,200,900,DE
                2025-03-10 00:05:00,10.0.0.1,POST,/login,200,100,DE
                2025-03-10 09:15:00,10.0.0.2,GET,/,404,120,US
                2025-03-11 11:00:00,10.0.0.3,POST,/cart,500,80,US
                2025-03-12 23:50:00,10.0.0.4,GET,/,200,700,DE
                2025-03-12 23:55:00,10.0.0.4,GET,/blog,200,800,DE
                2025-03-13 00:10:00,10.0.0.2,POST,/login,503,60,US
                """,
            [Marks] = """
                Student ID,Student,Grade,Math,Reading,Science
                S1,Ivo Rao,6,71,80,65
                S2,Mia Falk,7,88,79,91
                S3,Leo Ott,7,64,70,58
                S4,Nia Berg,8,93,95,90
                S5,Tom Uhl,8,55,52,61
                S6,Ada Quist,6,82,77,84
                """,
            [Till] = """
                Order No,Meal,Dish,Qty,Unit Price
                7001,Lunch,Soup,3,6.5
                7001,Lunch,Cake,1,5
                7002,Dinner,Steak,2,24
                7003,Dinner,Soup,4,6.5
                7004,Dinner,Cake,2,5
                """,
            [Race] = """
                bib,runner,sex,age,finish_time
                11,Gus Rohr,M,34,3:12:45
                12,Ivo Stone,M,41,4:48:10
                13,Mia Lund,W,29,3:58:59
                14,Nia Okoye,W,52,
                """,
            [Run] = """
                bib,runner,sex,age,finish_time
                11,Gus Rohr,M,34,3:12:45
                12,Ivo Stone,M,41,4:48:10
                13,Mia Lund,W,29,3:58:59
                14,Nia Okoye,W,52,4:02:33
                """,
            [Buses] = """
                date,stop,route,delay (min)
                2024-05-01,Mill Lane,7,3
                2024-05-01,Old Quay,7,9
                2024-05-02,Mill Lane,7,1
                2024-05-02,Old Quay,12,12
                2024-05-03,Park Gate,12,5
                """,
            [Flights] = """
                Flight,Airline,Origin,Dest,Flight Date
                BW1,BlueWing,DEN,JFK,2024-01-01
                BW2,BlueWing,LAX,JFK,2024-01-02
                SJ1,SkyJet,DEN,SFO,2024-01-03
                SJ2,SkyJet,SEA,JFK,2024-01-04
                SJ3,SkyJet,SFO,JFK,2024-01-06
                """,
            [Stock] = """
                貨號,品名,分類,倉庫,庫存量,安全庫存,單位成本,售價,停產
                A1,拖把,清潔,高雄倉,14,50,137,249,否
                A2,膠帶,文具,台北倉,68,80,17,27,否
                A3,原子筆,文具,台北倉,120,60,8,15,是
                A4,檯燈,家電,高雄倉,30,20,410,690,是
                """,
            [Cars] = """
                ad_id,brand,fuel,first_registration,mileage_km,price_eur,doors,gearbox
                1,Skoda,petrol,2008,41000,3100,2,automatic
                2,Fiat,diesel,2012,151000,4800,5,automatic
                3,Volvo,diesel,2019,98000,21500,5,manual
                4,Fiat,electric,2021,30500,16900,3,automatic
                5,Toyota,petrol,2015,120500,9900,5,manual
                6,Volvo,diesel,2020,61000,27800,5,automatic
                """,
        };
    }
}
