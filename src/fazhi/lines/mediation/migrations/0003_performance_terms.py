from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mediation", "0002_pending"),
    ]

    operations = [
        migrations.AddField(
            model_name="commercialmediation",
            name="performance_terms",
            field=models.CharField(blank=True, max_length=200, verbose_name="履行方式、期限"),
        ),
        migrations.AddField(
            model_name="mediation",
            name="performance_terms",
            field=models.CharField(blank=True, max_length=200, verbose_name="履行方式、期限"),
        ),
    ]
