using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>
/// Chinese nouns for what tables hold, in English, in the traditional script. Names of columns that are made of them alone are
/// read as their English words, so that the grammar knows what they measure; and so are the same nouns in questions.
/// </summary>
internal static class ChineseNouns
{
    private const string Money =
        "單價=unit price|消費=spending|消費總額=spending|保費=premium|罰款=fine|訂金=deposit|押金=deposit|小費=tip|贊助金額=sponsorship amount|廣告收入=ad revenue|捐款金額=donation amount|補助金額=grant amount|售價=sale price|定價=list price|原價=list price|總價=total price|票價=fare|房價=price|價格=price|價錢=price|價=price|總金額=total amount|訂單金額=order amount|消費金額=spending amount|交易金額=transaction amount|金額=amount|銷售額=sale amount|銷售金額=sale amount|" +
        "營業額=revenue|營收=revenue|收入=revenue|總額=total amount|小計=amount|總值=total value|庫存總值=stock value|庫存價值=stock value|總價值=total value|價值=value|成本=cost|費用=cost|花費=spending|支出=expense|利潤=profit|毛利=profit|獲利=profit|預算=budget|租金=rent|月租=monthly rent|運費=shipping cost|折扣=discount|稅額=tax|稅=tax|薪資=salary|薪水=salary|月薪=monthly salary|年薪=annual salary|工資=salary|薪=salary|底薪=base salary|獎金=bonus|學費=fee|餘額=balance";

    private const string Counts =
        "數量=quantity|件數=quantity|銷售量=quantity sold|銷量=quantity sold|庫存量=stock|庫存=stock|存貨=stock|人數=attendance|來客數=visitors|觀眾人數=attendance|票數=votes|次數=times|杯數=cups|份數=portions|張數=pieces|時數=hours|工時=hours|加班時數=overtime hours|天數=days|庫存數量=stock quantity|下載次數=downloads|點閱數=views|瀏覽數=views|觀看次數=views";

    private const string Measures =
        "年齡=age|年紀=age|歲數=age|身高=height|體重=weight|重量=weight|溫度=temperature|氣溫=temperature|最高溫=max temperature|最低溫=min temperature|平均溫=avg temperature|濕度=humidity|雨量=rainfall|降雨量=rainfall|風速=wind speed|評分=rating|評價=rating|星等=rating|滿意度=satisfaction|分數=score|成績=score|總分=total score|數學=maths|國文=chinese|英文=english|自然=science|社會=social|距離=distance|里程=distance|里程數=distance|長度=length|面積=area|坪數=area|房間數=rooms|樓層=floor|屋齡=building age|時長=duration|片長=duration|時間=time|耗時=duration|住院天數=stay days|等待時間=waiting time|年資=tenure|血壓=blood pressure|收縮壓=systolic|舒張壓=diastolic|血糖=glucose|心跳=heart rate|人口=population|用電量=electricity consumption|產量=production|速度=speed|容量=capacity|等級=level|排名=position|名次=position";

    private const string Times =
        "日期=date|訂單日期=order date|下單日期=order date|訂購日期=order date|購買日期=purchase date|交易日期=transaction date|銷售日期=sale date|出貨日期=ship date|送達日期=delivery date|到貨日期=delivery date|入職日期=hire date|到職日期=hire date|到職日=hire date|入職日=hire date|離職日期=left date|離職日=left date|生日=birth date|出生日期=birth date|借閱日期=borrowed date|借書日期=borrowed date|歸還日期=returned date|還書日期=returned date|應還日期=due date|到期日=due date|就診日期=visit date|入院日期=admitted date|出院日期=discharged date|開始日期=start date|結束日期=end date|註冊日期=registered date|建立日期=created date|付款日期=paid date|年份=year|年度=year|月份=month|季度=quarter|星期=weekday|年=year|月=month";

    private const string Things =
        "訂單=order|訂房=booking|訂位=booking|訂票=booking|預約=appointment|預訂=booking|掛號=appointment|節目=show|集=episode|贊助=sponsored|業配=sponsored|廣告=ad|留言=comment|訂閱=subscription|租借=rental|租賃=rental|租車=rental|出租=rental|借閱=loan|捐款=donation|獎牌=medal|金牌=gold medal|包裹=parcel|貨件=shipment|投訴=complaint|申訴=complaint|回饋=feedback|問卷=survey|事故=accident|故障=breakdown|維修=repair|保養=maintenance|檢查=inspection|檢驗=test|手術=surgery|疫苗=vaccine|寵物=pet|品種=breed|樹木=tree|球場=stadium|場館=venue|場次=show|演出=performance|展覽=exhibition|交易=transaction|紀錄=record|發票=invoice|商品=product|產品=product|品項=item|品名=product name|餐點=dish|菜單=menu|菜色=dish|飲料=drink|書籍=book|書名=title|圖書=book|電影=movie|片名=title|遊戲=game|比賽=match|球賽=match|球隊=team|隊伍=team|主隊=home team|客隊=away team|主場=home|客場=away|進球=goal|得分=score|車輛=vehicle|車=vehicle|班次=trip|航班=flight|路線=route|房屋=house|房子=house|物件=listing|案件=case|工單=ticket|課程=course|科目=subject|考試=exam|活動=event|門市=store|分店=store|店鋪=store|門店=store|店家=store|店=store|館=branch|分館=branch|場館=venue|倉庫=warehouse|工廠=factory|機器=machine|設備=device|電表=meter|測站=station|車站=station|醫院=hospital|科別=department|部門=department|單位=unit|班級=class|年級=grade|學校=school|公司=company|供應商=supplier|廠商=supplier|品牌=brand|類別=category|分類=category|種類=kind|類型=type|型別=type|狀態=status|付款方式=payment method|支付方式=payment method|付款=payment|方式=method|通路=channel|管道=channel|來源=source|地區=region|區域=region|縣市=city|城市=city|行政區=district|國家=country|國籍=country|地點=location|地址=address|職稱=job title|職位=position title|職務=job title|職業=occupation|性別=gender|學歷=education|婚姻狀況=marital status|血型=blood type|診斷=diagnosis|科室=department|醫師=doctor|醫生=doctor|護理師=nurse|老師=teacher|教師=teacher|教練=coach|業務員=salesperson|業務=salesperson|店員=clerk|司機=driver|作者=author|導演=director|出版社=publisher|語言=language|顏色=color|尺寸=size|規格=size|備註=note|原因=reason|電話=phone|手機=phone|電子郵件=email|信箱=email";

    private const string People =
        "員工=employee|職員=employee|同事=employee|學生=student|同學=student|病人=patient|病患=patient|患者=patient|會員=member|客戶=customer|顧客=customer|客人=customer|買家=customer|使用者=user|用戶=user|乘客=passenger|旅客=passenger|選手=runner|跑者=runner|球員=player|讀者=borrower|借閱人=borrower|借閱者=borrower|住戶=resident|居民=resident|教職員=staff|志工=volunteer|捐款人=donor|受訪者=respondent";

    private const string Ends =
        "編號=id|代號=code|代碼=code|號碼=number|序號=no|學號=student id|工號=employee id|病歷號=patient id|單號=order id|號=no|姓名=name|名稱=name|名字=name|名=name|元=cny|台幣=cny|公斤=kg|公克=g|公里=km|公尺=m|公分=cm|小時=hours|分鐘=minutes|分=points|天=days|日=date|歲=years|是否=is|會員等級=member level|會員類型=member type|客戶類型=customer type|客群=customer group|總=total|平均=average";

    private static readonly FrozenDictionary<string, string> Words = string.Join('|', Money, Counts, Measures, Times, Things, People, Ends).Split('|')
        .Select(e => e.Split('=')).DistinctBy(e => e[0]).ToFrozenDictionary(e => e[0], e => e[1], StringComparer.Ordinal);

    private static readonly int Longest = Words.Keys.Max(w => w.Length);

    // Endings that are no noun by themselves, and words that questions use in another way.
    private static readonly FrozenSet<string> NoNoun = FrozenSet.ToFrozenSet(["元", "分", "天", "日", "歲", "號", "名", "價", "薪", "年", "月", "車", "店", "館", "稅", "是否", "總", "平均", "時間", "次數", "人數", "公斤", "公克", "公里", "公尺", "公分", "小時", "分鐘", "星期"]);

    /// <summary>What people are called.</summary>
    public static FrozenSet<string> PeopleWords { get; } = People.Split('|').Select(e => e.Split('=')[0]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The longest noun that begins at a place of a text in the traditional script, and its English; null where none does.</summary>
    public static (int Length, string English)? At(string text, int at)
    {
        for (var length = Math.Min(Longest, text.Length - at); length > 0; length--)
        {
            if (text.Substring(at, length) is var word && !NoNoun.Contains(word) && Words.TryGetValue(word, out var english))
                return (length, english);
        }

        return null;
    }

    /// <summary>The English of a name that is made of such nouns alone; null of any other.</summary>
    public static string? Whole(string name)
    {
        var text = ChineseScript.Traditional(name);
        List<string> english = [];
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(Longest, text.Length - at);
            while (length > 0 && !Words.ContainsKey(text.Substring(at, length)))
                length--;
            if (length == 0)
                return null;
            english.Add(Words[text.Substring(at, length)]);
            at += length;
        }

        return string.Join(' ', english);
    }
}
